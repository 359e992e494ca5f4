// Read documents with compromise (npm, MIT) as a contestant of ../pipeline_speed.py.
//
//     node tests/benchmarks/speed/compromise_names.mjs FOLDER
//
// FOLDER holds the node_modules with compromise. Paths in, JSON lines out: see contestants.py.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const nlp = createRequire(`${process.argv[2]}/`)("compromise");

function timeReading(documents) {
  const [wall, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  let names = 0;
  for (const { text } of documents) {
    names += nlp(text).topics().json().length; // people, places and organizations
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds: Number(process.hrtime.bigint() - wall) / 1e9,
    cpu_seconds: (user + system) / 1e6,
    words: documents.reduce((sum, { words }) => sum + words, 0),
    names,
  };
}

for await (const path of createInterface({ input: process.stdin })) {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  console.log(JSON.stringify(timeReading(lines.map((line) => JSON.parse(line)))));
}
