import { z } from "zod";
import { type ModelParameters, modelParametersSchema } from "@/lib/schemas/model-parameters";

/** What a model is asked with, in the order of the form; `range` says what is right. */
export const NUMBERS = [
  { name: "temperature", label: "Temperature", range: "0 to 2" },
  { name: "top_p", label: "Top P", range: "0 to 1" },
  { name: "top_k", label: "Top K", range: "0 or more" },
  { name: "min_p", label: "Min P", range: "0 to 1" },
  { name: "frequency_penalty", label: "Frequency penalty", range: "−2 to 2" },
  { name: "presence_penalty", label: "Presence penalty", range: "−2 to 2" },
  { name: "repetition_penalty", label: "Repetition penalty", range: "0 to 2" },
  { name: "max_tokens", label: "Longest answer", range: "1 or more tokens" },
  { name: "seed", label: "Seed", range: "a whole number" },
] as const satisfies readonly { name: keyof ModelParameters; label: string; range: string }[];

const typedNumber = z.string().trim();

const typedSchema = z.object({
  temperature: typedNumber,
  top_p: typedNumber,
  top_k: typedNumber,
  min_p: typedNumber,
  frequency_penalty: typedNumber,
  presence_penalty: typedNumber,
  repetition_penalty: typedNumber,
  max_tokens: typedNumber,
  seed: typedNumber,
  systemPrompt: z.string(),
});
export type TypedModelParameters = z.input<typeof typedSchema>;

/** What is typed into the form, turned into parameters. What is left empty is not among them. */
export const modelParametersFormSchema = typedSchema.transform((typed, context) => {
  const numbers = NUMBERS.flatMap(({ name }) => (typed[name] === "" ? [] : [[name, Number(typed[name])] as const]));
  const { data, error } = modelParametersSchema.safeParse({
    ...Object.fromEntries(numbers),
    ...(typed.systemPrompt.trim() === "" ? {} : { systemPrompt: typed.systemPrompt }),
  });
  for (const { path } of error?.issues ?? []) {
    const field = NUMBERS.find(({ name }) => name === path[0]);
    if (field === undefined) continue;
    context.issues.push({ code: "custom", path: [field.name], message: `must be ${field.range}`, input: typed });
  }
  return data ?? z.NEVER;
});

export function typedModelParameters(parameters: ModelParameters): TypedModelParameters {
  const { systemPrompt = "" } = parameters;
  const text = (name: (typeof NUMBERS)[number]["name"]) => String(parameters[name] ?? "");
  return {
    temperature: text("temperature"),
    top_p: text("top_p"),
    top_k: text("top_k"),
    min_p: text("min_p"),
    frequency_penalty: text("frequency_penalty"),
    presence_penalty: text("presence_penalty"),
    repetition_penalty: text("repetition_penalty"),
    max_tokens: text("max_tokens"),
    seed: text("seed"),
    systemPrompt,
  };
}
