import { expect, test } from "vitest";
import { modelParametersFormSchema, typedModelParameters } from "./model-parameters-form";

test("what is typed is what was there", () => {
  const parameters = { temperature: 0, top_k: 40, frequency_penalty: -1.5, seed: 7, systemPrompt: "Be short." };
  expect(modelParametersFormSchema.parse(typedModelParameters(parameters))).toEqual(parameters);
  expect(modelParametersFormSchema.parse(typedModelParameters({}))).toEqual({});
});

test.each([
  ["temperature", "7", "must be 0 to 2"],
  ["temperature", "warm", "must be 0 to 2"],
  ["top_p", "1.1", "must be 0 to 1"],
  ["top_k", "1.5", "must be 0 or more"],
  ["frequency_penalty", "-3", "must be −2 to 2"],
  ["max_tokens", "0", "must be 1 or more tokens"],
  ["seed", "1e400", "must be a whole number"],
])("%s %s is refused beside its field", (name, typed, message) => {
  const { error } = modelParametersFormSchema.safeParse({ ...typedModelParameters({}), [name]: typed });
  expect(error?.issues.map(({ path, message: said }) => [path[0], said])).toEqual([[name, message]]);
});
