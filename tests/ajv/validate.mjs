// Reads {schemas: [schema, …], cases: [{schema: $id, document}, …]} from standard input and writes a list with the
// answer to each case: {valid, errors: [{schemaPath, message}, …]}.  Nothing is fetched: every schema is in the input.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false, // the name of a required property that is never defined is the message of the core schema
});
const { schemas, cases } = JSON.parse(readFileSync(0, "utf8"));
schemas.forEach((schema) => ajv.addSchema(schema));
const answers = cases.map(({ schema, document }) => {
  const validate = ajv.getSchema(schema);
  const valid = validate(document);
  return { valid, errors: (validate.errors ?? []).map(({ schemaPath, message }) => ({ schemaPath, message })) };
});
process.stdout.write(JSON.stringify(answers));
