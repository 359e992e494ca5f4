// Find names with compromise (npm, MIT) as the peer of ../names_peer.py.
//
//     node tests/benchmarks/peers/compromise_spans.mjs FOLDER < TEXTS > NAMES
//
// FOLDER holds the node_modules with compromise. A JSON string a line in, a list of
// `{kind, start, end, text}` a line out; offsets are UTF-16 units of that text, end exclusive.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const nlp = createRequire(`${process.argv[2]}/`)("compromise");

// The words of a name hold no punctuation round them: that is in their `pre` and `post`. The
// offset of a whole name cannot serve: it starts behind an opening quote, whose length it counts.
function toName(kind, { terms }) {
  const [first, last] = [terms[0], terms.at(-1)];
  const dot = last.tags.includes("Abbreviation") && last.post.startsWith(".") ? "." : ""; // Corp.
  const inner = terms.slice(0, -1).map(({ text, post }, i) => text + post + terms[i + 1].pre);
  return {
    kind,
    start: first.offset.start,
    end: last.offset.start + last.offset.length + dot.length,
    text: inner.join("") + last.text + dot,
  };
}

function findNames(text) {
  const doc = nlp(text);
  const kinds = ["people", "organizations", "places"];
  return kinds.flatMap((kind) => {
    const names = doc[kind]().json({ offset: true });
    return names.map((name) => toName(kind, name));
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(findNames(JSON.parse(line))));
}
