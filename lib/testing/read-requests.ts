import { isRecord, type JsonRecord, listOf, recordOf, textOf } from "@/lib/providers/json";
import { base64Of, onlyChoice, type RequestEssence, type Saying } from "./request-essence";

// Reads requests of each protocol as its provider would: the other way round than the adapters, and independent of them.

const records = (value: unknown): JsonRecord[] => listOf(value).filter(isRecord);
const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const textsOf = (value: unknown): string[] => listOf(value).filter((item) => typeof item === "string");
const str = (value: unknown): string => (typeof value === "string" ? value : "");

function toolsOf(list: readonly JsonRecord[], schemaField: string): RequestEssence["tools"] {
  return list.map((tool) => ({
    name: str(tool.name),
    description: textOf(tool.description),
    parameters: tool[schemaField],
  }));
}

/** `POST /chat/completions` */
export function readChatCompletions(body: JsonRecord): RequestEssence {
  const tools = toolsOf(
    records(body.tools).map((tool) => recordOf(tool.function) ?? {}),
    "parameters",
  );
  const named = recordOf(recordOf(body.tool_choice)?.function);
  const format = recordOf(recordOf(body.response_format)?.json_schema);
  return {
    sayings: records(body.messages).flatMap(chatSayings),
    tools,
    choice: onlyChoice(named === undefined ? wordOf(body.tool_choice) : { name: str(named.name) }, tools),
    maxTokens: numberOf(body.max_tokens),
    temperature: numberOf(body.temperature),
    topP: numberOf(body.top_p),
    topK: numberOf(body.top_k),
    stop: textsOf(body.stop),
    seed: numberOf(body.seed),
    schema: format?.schema,
  };
}

function wordOf(value: unknown): "auto" | "none" | "required" | undefined {
  return value === "auto" || value === "none" || value === "required" ? value : undefined;
}

function chatSayings(message: JsonRecord): Saying[] {
  const parts = typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
  return [
    ...records(parts).flatMap((part): Saying[] => {
      const text = str(part.text);
      if (message.role === "tool") return [{ who: "tool", kind: "result", id: str(message.tool_call_id), text }];
      if (part.type === "image_url") {
        return [{ who: "user", kind: "image", base64: base64Of(str(recordOf(part.image_url)?.url)) }];
      }
      if (part.type === "file") {
        return [{ who: "user", kind: "document", base64: base64Of(str(recordOf(part.file)?.file_data)) }];
      }
      const who = message.role === "assistant" ? "assistant" : message.role === "user" ? "user" : "system";
      return [{ who, kind: "text", text }];
    }),
    ...records(message.tool_calls).map((call): Saying => {
      const { name, arguments: input } = recordOf(call.function) ?? {};
      return { who: "assistant", kind: "call", id: str(call.id), name: str(name), input: JSON.parse(str(input)) };
    }),
  ];
}

/** `POST /messages` */
export function readMessages(body: JsonRecord): RequestEssence {
  const tools = toolsOf(records(body.tools), "input_schema");
  const choice = recordOf(body.tool_choice);
  const words = { auto: "auto", any: "required", none: "none" } as const;
  const word = Object.entries(words).find(([type]) => type === choice?.type)?.[1];
  const format = recordOf(recordOf(body.output_config)?.format);
  return {
    sayings: [
      ...records(body.system).map(({ text }): Saying => ({ who: "system", kind: "text", text: str(text) })),
      ...records(body.messages).flatMap(({ role, content }) =>
        records(content).flatMap((block) => messagesSaying(role, block)),
      ),
    ],
    tools,
    choice: onlyChoice(choice?.type === "tool" ? { name: str(choice.name) } : word, tools),
    maxTokens: numberOf(body.max_tokens),
    temperature: numberOf(body.temperature),
    topP: numberOf(body.top_p),
    topK: numberOf(body.top_k),
    stop: textsOf(body.stop_sequences),
    seed: undefined,
    schema: format?.schema,
  };
}

function messagesSaying(role: unknown, block: JsonRecord): Saying[] {
  const bytes = str(recordOf(block.source)?.data);
  switch (block.type) {
    case "image":
      return [{ who: "user", kind: "image", base64: bytes }];
    case "document":
      return [{ who: "user", kind: "document", base64: bytes }];
    case "thinking":
      return [{ who: "assistant", kind: "signed", text: str(block.thinking), signature: str(block.signature) }];
    case "tool_use":
      return [{ who: "assistant", kind: "call", id: str(block.id), name: str(block.name), input: block.input }];
    case "tool_result":
      return [{ who: "tool", kind: "result", id: str(block.tool_use_id), text: str(block.content) }];
    default:
      return [{ who: role === "assistant" ? "assistant" : "user", kind: "text", text: str(block.text) }];
  }
}

/** `generateContent` */
export function readGenerateContent(body: JsonRecord): RequestEssence {
  const config = recordOf(body.generationConfig) ?? {};
  const tools = toolsOf(
    records(body.tools).flatMap((tool) => records(tool.functionDeclarations)),
    "parametersJsonSchema",
  );
  const calling = recordOf(recordOf(body.toolConfig)?.functionCallingConfig);
  const [name] = textsOf(calling?.allowedFunctionNames);
  const words = { AUTO: "auto", ANY: "required", NONE: "none" } as const;
  const word = Object.entries(words).find(([mode]) => mode === calling?.mode)?.[1];
  return {
    sayings: [
      ...records(recordOf(body.systemInstruction)?.parts).map(
        ({ text }): Saying => ({ who: "system", kind: "text", text: str(text) }),
      ),
      ...records(body.contents).flatMap(({ role, parts }) => records(parts).map((part) => contentSaying(role, part))),
    ],
    tools,
    choice: onlyChoice(name === undefined ? word : { name }, tools),
    maxTokens: numberOf(config.maxOutputTokens),
    temperature: numberOf(config.temperature),
    topP: numberOf(config.topP),
    topK: numberOf(config.topK),
    stop: textsOf(config.stopSequences),
    seed: numberOf(config.seed),
    schema: config.responseJsonSchema,
  };
}

function contentSaying(role: unknown, part: JsonRecord): Saying {
  const media = recordOf(part.inlineData);
  const call = recordOf(part.functionCall);
  const result = recordOf(part.functionResponse);
  if (media !== undefined) {
    const kind = str(media.mimeType).startsWith("image/") ? "image" : "document";
    return { who: "user", kind, base64: str(media.data) };
  }
  if (call !== undefined) {
    return { who: "assistant", kind: "call", id: str(call.id), name: str(call.name), input: call.args };
  }
  if (result !== undefined) {
    const response = recordOf(result.response) ?? {};
    return { who: "tool", kind: "result", id: str(result.id), text: str(response.result) };
  }
  if (part.thought === true) {
    return { who: "assistant", kind: "signed", text: str(part.text), signature: str(part.thoughtSignature) };
  }
  return { who: role === "model" ? "assistant" : "user", kind: "text", text: str(part.text) };
}

/** Bedrock's `converse` */
export function readConverse(body: JsonRecord): RequestEssence {
  const config = recordOf(body.inferenceConfig) ?? {};
  const own = recordOf(body.additionalModelRequestFields) ?? {};
  const toolConfig = recordOf(body.toolConfig) ?? {};
  const tools = records(toolConfig.tools).map((tool) => {
    const { name, description, inputSchema } = recordOf(tool.toolSpec) ?? {};
    return { name: str(name), description: textOf(description), parameters: recordOf(inputSchema)?.json };
  });
  const choice = recordOf(toolConfig.toolChoice) ?? {};
  const named = recordOf(choice.tool);
  const word = choice.any !== undefined ? "required" : choice.auto !== undefined ? "auto" : undefined;
  const structure = recordOf(recordOf(recordOf(body.outputConfig)?.textFormat)?.structure);
  const schema = textOf(recordOf(structure?.jsonSchema)?.schema);
  return {
    sayings: [
      ...records(body.system).map(({ text }): Saying => ({ who: "system", kind: "text", text: str(text) })),
      ...records(body.messages).flatMap(({ role, content }) =>
        records(content).map((block) => converseSaying(role, block)),
      ),
    ],
    tools,
    choice: onlyChoice(named === undefined ? word : { name: str(named.name) }, tools),
    maxTokens: numberOf(config.maxTokens),
    temperature: numberOf(config.temperature),
    topP: numberOf(config.topP),
    topK: numberOf(own.top_k),
    stop: textsOf(config.stopSequences),
    seed: undefined,
    schema: schema === undefined ? undefined : JSON.parse(schema),
  };
}

function converseSaying(role: unknown, block: JsonRecord): Saying {
  const bytesOf = (holder: unknown) => str(recordOf(recordOf(holder)?.source)?.bytes);
  const reasoning = recordOf(recordOf(block.reasoningContent)?.reasoningText);
  const call = recordOf(block.toolUse);
  const result = recordOf(block.toolResult);
  if (block.image !== undefined) return { who: "user", kind: "image", base64: bytesOf(block.image) };
  if (block.document !== undefined) return { who: "user", kind: "document", base64: bytesOf(block.document) };
  if (reasoning !== undefined) {
    return { who: "assistant", kind: "signed", text: str(reasoning.text), signature: str(reasoning.signature) };
  }
  if (call !== undefined) {
    return { who: "assistant", kind: "call", id: str(call.toolUseId), name: str(call.name), input: call.input };
  }
  if (result !== undefined) {
    const text = records(result.content).map((part) => str(part.text));
    return { who: "tool", kind: "result", id: str(result.toolUseId), text: text.join("") };
  }
  return { who: role === "assistant" ? "assistant" : "user", kind: "text", text: str(block.text) };
}

/** Cohere's chat: a request like OpenAI's, with plans, and choices without names. */
export function readCohereChat(body: JsonRecord): RequestEssence {
  const messages = records(body.messages).map((message) =>
    message.tool_plan === undefined ? message : { ...message, content: message.tool_plan },
  );
  const like = readChatCompletions({ ...body, messages });
  const words = { REQUIRED: "required", NONE: "none" } as const;
  const word = Object.entries(words).find(([choice]) => choice === body.tool_choice)?.[1];
  return {
    ...like,
    choice: onlyChoice(word, like.tools),
    topP: numberOf(body.p),
    topK: numberOf(body.k),
    stop: textsOf(body.stop_sequences),
    schema: recordOf(body.response_format)?.json_schema,
  };
}
