import "server-only";
import { invalidField } from "@/lib/errors";
import type { EmbeddingInput, EmbeddingTask } from "@/lib/schemas/task";
import { isRecord, type JsonRecord, listOf } from "../json";
import { textOfInput } from "../tasks/input-text";
import { purposeOf } from "../tasks/input-type";
import { readVectors } from "../tasks/read-vectors";
import type { TaskCall } from "../tasks/task-call";
import { readTaskAnswer } from "./task-answer";
import { taskHeaders } from "./task-headers";
import { type TaskQuirks, taskQuirksOf } from "./task-quirks";

/** `POST /embeddings` of OpenAI's protocol. */
export const openAiEmbedding: TaskCall<EmbeddingTask> = {
  build(task, target) {
    const quirks = taskQuirksOf(target.providerSlug);
    const { dimensions, user } = task;
    return {
      url: `${target.baseUrl}/embeddings`,
      headers: taskHeaders(target),
      body: {
        model: target.upstreamId,
        input: inputOf(task.inputs, quirks),
        ...(dimensions === undefined ? {} : { [quirks.dimensionsField]: dimensions }),
        ...inputTypeField(task.inputType, quirks),
        ...(quirks.user && user !== undefined ? { user } : {}),
      },
    };
  },
  decode(body, task) {
    const { json, about } = readTaskAnswer(body);
    // Listed in order by all that are known; where an entry says its place, that counts.
    const entries = listOf(json.data).filter(isRecord);
    entries.sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0));
    const vectors = entries.map(({ embedding }) => embedding);
    return [{ ...readVectors(vectors, task), ...about }];
  },
};

function inputOf(inputs: readonly EmbeddingInput[], quirks: TaskQuirks): unknown {
  const hasTokens = inputs.some(({ kind }) => kind === "tokens");
  if (!hasTokens) {
    const isPlain = inputs.every(({ kind }) => kind === "text") || !quirks.isOpenRouter;
    return isPlain ? inputs.map(textOfInput) : inputs.map(contentOf);
  }
  return inputs.map((input, index) => {
    if (input.kind === "tokens") return input.tokens;
    throw invalidField(`input[${index}]`, "texts and token ids cannot be mixed");
  });
}

/** OpenRouter's form of an input of several parts. */
function contentOf(input: EmbeddingInput): JsonRecord {
  const parts =
    input.kind === "text" ? [{ type: "text" as const, text: input.text }] : input.kind === "parts" ? input.parts : [];
  return {
    content: parts.map((part): JsonRecord => {
      if (part.type !== "media") return part;
      const name = `input_${part.kind}`;
      return { type: name, [name]: { data: part.base64, format: part.mediaType } };
    }),
  };
}

function inputTypeField(inputType: string | undefined, quirks: TaskQuirks): { input_type?: string } {
  if (inputType === undefined) return {};
  if (quirks.isOpenRouter) return { input_type: inputType };
  const purpose = purposeOf(inputType);
  const word = purpose === undefined ? undefined : quirks.purposes?.[purpose];
  return word === undefined ? {} : { input_type: word };
}
