// Checks the record of an evaluation, as JSON, without Python and without a network.
//
//   npm ci
//   node check-record.mjs RECORD [FOLDER OF SCHEMAS]
//
// Exit status: 0 if each core outcome has the form of a reported result, 1 if not, 2 for wrong usage, and 3 if the
// record cannot be read.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const [path, folder = new URL("../../schemas/1/2023.1/", import.meta.url)] = process.argv.slice(2);
const load = (file) => JSON.parse(readFileSync(file, "utf8"));
const schema = (name) => load(folder instanceof URL ? new URL(name, folder) : `${folder}/${name}`);
const stop = (status, ...lines) => {
  console.log(lines.join("\n"));
  process.exit(status);
};

if (path === undefined) stop(2, "Name the record: node check-record.mjs RECORD [FOLDER OF SCHEMAS]");

const ajv = new Ajv2020({ allErrors: true });
const valid = ajv.compile(schema("evaluation.bundle.schema.json"));
const core = schema("evaluation.core.bundle.schema.json");
const reportsAll = ajv.compile(core);

let record;
try {
  record = load(path);
} catch {
  stop(3, "This file is not JSON that can be read.");
}

// A message names places and never values: a record can hold what people wrote.
if (!valid(record)) {
  const faults = valid.errors.map((fault) => `  ${fault.instancePath || "/"} ${fault.message}`);
  stop(3, "This is not a valid record:", ...faults);
}

// Each core outcome has a definition of its own, and the path of an error leads through the one that fails.
reportsAll(record);
const failed = (reportsAll.errors ?? []).map((fault) => /^#\/\$defs\/(reports-\w+)\//.exec(fault.schemaPath)?.[1]);
const missing = Object.keys(core.$defs).filter((name) => failed.includes(name));
const all = Object.keys(core.$defs).filter((name) => name.startsWith("reports-"));

stop(
  missing.length ? 1 : 0,
  `${all.length - missing.length} of ${all.length} core outcomes have the form of a reported result.`,
  ...missing.map((name) => `  not: ${core.$defs[name].title} (${name.replace("reports-", "")})`),
  "Form is not all: mscos check also judges whether a measure asks about its outcome.",
);
