import { z } from "zod";
import type { ForeignMessage, ForeignRoom } from "./foreign-room";

// Shapes of other programs' files, read 2026-11-21: only what is needed, everything else may be there and is ignored.

const SECOND_MS = 1_000;

const chatGptSchema = z
  .array(
    z.looseObject({
      title: z.string().nullish(),
      create_time: z.number().nullish(),
      current_node: z.string().nullish(),
      mapping: z.record(
        z.string(),
        z.looseObject({
          id: z.string(),
          parent: z.string().nullish(),
          message: z
            .looseObject({
              author: z.looseObject({ role: z.string() }),
              create_time: z.number().nullish(),
              content: z.looseObject({ content_type: z.string(), parts: z.array(z.unknown()).optional() }),
              metadata: z.looseObject({ model_slug: z.string().nullish() }).nullish(),
            })
            .nullish(),
        }),
      ),
    }),
  )
  .min(1);

/** `conversations.json` of a ChatGPT data export: a tree of messages under `mapping`. `undefined` for anything else. */
export function readChatGpt(file: unknown): ForeignRoom[] | undefined {
  const { data } = chatGptSchema.safeParse(file);
  return data?.map(({ title, create_time, current_node, mapping }) => {
    const messages: ForeignMessage[] = [];
    /** Nodes without words (system, tools, empty ones) are passed over on the way up. */
    const said = new Set<string>();
    for (const { id, message } of Object.values(mapping)) {
      const role = message?.author.role;
      const text = message?.content.parts?.filter((part) => typeof part === "string").join("\n\n") ?? "";
      if (message === undefined || message === null || text.trim() === "") continue;
      if (role !== "user" && role !== "assistant") continue;
      said.add(id);
      const createdMs = (message.create_time ?? create_time ?? 0) * SECOND_MS;
      const slug = message.metadata?.model_slug ?? "";
      messages.push({
        id,
        parentId: mapping[id]?.parent ?? null,
        role,
        text,
        reasoning: "",
        modelId: slug === "" ? "" : `openai/${slug}`,
        createdMs,
      });
    }
    const nearest = (id: string | null | undefined): string | null => {
      const seen = new Set<string>();
      let at = id ?? null;
      while (at !== null && !said.has(at) && !seen.has(at)) {
        seen.add(at);
        at = mapping[at]?.parent ?? null;
      }
      return at !== null && said.has(at) ? at : null;
    };
    return {
      title: title ?? "",
      isPinned: false,
      createdMs: (create_time ?? 0) * SECOND_MS,
      systemPrompt: "",
      currentId: nearest(current_node),
      messages: messages.map((message) => ({ ...message, parentId: nearest(message.parentId) })),
    };
  });
}

const webUiMessageSchema = z.looseObject({
  id: z.string(),
  parentId: z.string().nullish(),
  role: z.string(),
  content: z.string().nullish(),
  model: z.string().nullish(),
  timestamp: z.number().nullish(),
});

const openWebUiSchema = z
  .array(
    z.looseObject({
      title: z.string().nullish(),
      pinned: z.boolean().nullish(),
      created_at: z.number().nullish(),
      chat: z.looseObject({
        title: z.string().nullish(),
        system: z.string().nullish(),
        history: z.looseObject({
          messages: z.record(z.string(), webUiMessageSchema),
          currentId: z.string().nullish(),
        }),
      }),
    }),
  )
  .min(1);

/** An export of chats from Open WebUI. `undefined` for anything else. */
export function readOpenWebUi(file: unknown): ForeignRoom[] | undefined {
  const { data } = openWebUiSchema.safeParse(Array.isArray(file) ? file : [file]);
  return data?.map(({ title, pinned, created_at, chat }) => ({
    title: title ?? chat.title ?? "",
    isPinned: pinned ?? false,
    createdMs: (created_at ?? 0) * SECOND_MS,
    systemPrompt: chat.system ?? "",
    currentId: chat.history.currentId ?? null,
    messages: Object.values(chat.history.messages).flatMap(({ id, parentId, role, content, model, timestamp }) => {
      if (role !== "user" && role !== "assistant") return [];
      const { text, reasoning } = withoutThoughts(content ?? "");
      const createdMs = (timestamp ?? created_at ?? 0) * SECOND_MS;
      return [{ id, parentId: parentId ?? null, role, text, reasoning, modelId: model ?? "", createdMs }];
    }),
  }));
}

/** Open WebUI writes thoughts into the text, folded in HTML. */
function withoutThoughts(content: string): { text: string; reasoning: string } {
  const thoughts: string[] = [];
  const text = content.replace(
    /<details type="reasoning"[^>]*>\s*(?:<summary>[\s\S]*?<\/summary>)?([\s\S]*?)<\/details>\s*/g,
    (_all, thought: string) => {
      thoughts.push(thought.replace(/^(?:&gt;|>) ?/gm, "").trim());
      return "";
    },
  );
  return { text, reasoning: thoughts.join("\n\n") };
}

const partSchema = z.looseObject({ text: z.string().nullish() });

const openRouterSchema = z.looseObject({
  version: z.string().startsWith("orpg"),
  title: z.string().nullish(),
  characters: z.record(z.string(), z.looseObject({ model: z.string().nullish() })).optional(),
  messages: z.record(
    z.string(),
    z.looseObject({
      id: z.string().nullish(),
      characterId: z.string().nullish(),
      type: z.string().nullish(),
      parentMessageId: z.string().nullish(),
      createdAt: z.string().nullish(),
      /** Before version 3 the text stood here. */
      content: z.string().nullish(),
      reasoning: z.string().nullish(),
      items: z.array(z.looseObject({ id: z.string() })).nullish(),
    }),
  ),
  items: z
    .record(
      z.string(),
      z.looseObject({
        data: z.looseObject({
          type: z.string().nullish(),
          role: z.string().nullish(),
          content: z.union([z.string(), z.array(partSchema)]).nullish(),
        }),
      }),
    )
    .optional(),
});

/** A room that OpenRouter's chatroom exported (`orpg.1.0` to `orpg.3.0`). `undefined` for anything else. */
export function readOpenRouter(file: unknown): ForeignRoom[] | undefined {
  const { data } = openRouterSchema.safeParse(file);
  if (data === undefined) return undefined;
  const { characters = {}, items = {} } = data;
  const messages: ForeignMessage[] = Object.entries(data.messages).map(([key, message]) => {
    const own = (message.items ?? []).map(({ id }) => items[id]?.data).filter((item) => item !== undefined);
    const said = own.filter(({ type }) => type !== "reasoning").map(wordsOf);
    const thought = own.filter(({ type }) => type === "reasoning").map(wordsOf);
    const isUser = message.characterId === "USER" || message.type === "user";
    return {
      id: message.id ?? key,
      parentId: message.parentMessageId ?? null,
      role: isUser ? "user" : "assistant",
      text: said.length > 0 ? said.join("\n\n") : (message.content ?? ""),
      reasoning: thought.length > 0 ? thought.join("\n\n") : (message.reasoning ?? ""),
      modelId: isUser ? "" : (characters[message.characterId ?? ""]?.model ?? ""),
      createdMs: Date.parse(message.createdAt ?? "") || 0,
    };
  });
  const ordered = messages.toSorted((one, other) => one.createdMs - other.createdMs);
  // Questions name no parent there: each follows the answers before it in time.
  let lastAnswer: string | null = null;
  let lastQuestion: string | null = null;
  const linked: ForeignMessage[] = [];
  for (const message of ordered) {
    if (message.role === "user") {
      linked.push({ ...message, parentId: message.parentId ?? lastAnswer ?? lastQuestion });
      lastQuestion = message.id;
      lastAnswer = null;
    } else {
      linked.push({ ...message, parentId: message.parentId ?? lastQuestion });
      lastAnswer = message.id;
    }
  }
  const title = data.title ?? "";
  const createdMs = ordered[0]?.createdMs ?? 0;
  return [
    { title, isPinned: false, createdMs, systemPrompt: "", currentId: linked.at(-1)?.id ?? null, messages: linked },
  ];
}

function wordsOf({
  content,
}: {
  content?: string | readonly { text?: string | null | undefined }[] | null | undefined;
}): string {
  if (content === undefined || content === null) return "";
  return typeof content === "string" ? content : content.map(({ text }) => text ?? "").join("");
}
