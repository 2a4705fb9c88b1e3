# Checks the record of an evaluation, as JSON, with the package jsonvalidate and its engine ajv.
# R is not installed where this project is tested, so nobody has run this script here.
#
#   Rscript check-record.R RECORD [FOLDER OF SCHEMAS]
#
# Exit status: 0 if each core outcome has the form of a reported result, 1 if not, 2 for wrong usage, and 3 if the
# record is not valid.

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) == 0) {
  cat("Name the record: Rscript check-record.R RECORD [FOLDER OF SCHEMAS]\n")
  quit(status = 2)
}
record <- arguments[1]
folder <- if (length(arguments) > 1) arguments[2] else "../../schemas/1/2023.1"

# The bundles refer to no other file.
faults_by <- function(name) {
  schema <- jsonvalidate::json_schema$new(file.path(folder, name), engine = "ajv")
  answer <- schema$validate(record, verbose = TRUE, greedy = TRUE)
  if (answer) NULL else attr(answer, "errors")
}

# A message names places and never values: a record can hold what people wrote.
faults <- faults_by("evaluation.bundle.schema.json")
if (!is.null(faults)) {
  cat("This is not a valid record:\n")
  cat(paste0("  ", faults$instancePath, " ", faults$message, "\n"), sep = "")
  quit(status = 3)
}

# Each core outcome has a definition of its own, and the path of an error leads through the one that fails.
core <- c("housing", "safety", "support", "services", "purpose", "medical", "education")
paths <- faults_by("evaluation.core.bundle.schema.json")$schemaPath
missing <- core[vapply(core, function(id) any(startsWith(paths, paste0("#/$defs/reports-", id, "/"))), logical(1))]

cat(length(core) - length(missing), "of", length(core), "core outcomes have the form of a reported result.\n")
if (length(missing) > 0) cat(paste0("  not: ", missing, "\n"), sep = "")
cat("Form is not all: mscos check also judges whether a measure asks about its outcome.\n")
quit(status = if (length(missing) > 0) 1 else 0)
