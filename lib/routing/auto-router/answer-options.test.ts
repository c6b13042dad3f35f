import { expect, test } from "vitest";
import { optionsOf } from "./answer-options";

test.each([
  { name: "none", text: "What is a prime number?", options: { count: 0 } },
  { name: "in lines", text: "Pick one.\nA. red\nB. green\nC. blue", options: { count: 3, numeric: 0, combined: 0 } },
  { name: "in brackets on one line", text: "Pick: (A) red (B) green (C) blue", options: { count: 3 } },
  { name: "small letters", text: "Pick.\na) 3\nb) 4.5\nc) 1/2", options: { count: 3, numeric: 1 } },
  {
    name: "verdicts",
    text: "I. x\nII. y\nA. True, False\nB. False, False\nC. I and II only",
    options: { count: 3, combined: 1 },
  },
  { name: "initials are none", text: "It was written by\nJ. Smith\nand nobody else.", options: { count: 0 } },
  {
    name: "the last list counts",
    text: "A. x\nB. y\n\nNow choose:\nA. 1\nB. 2\nC. 3",
    options: { count: 3, numeric: 1 },
  },
])("$name", ({ text, options }) => expect(optionsOf(text)).toMatchObject(options));
