import type { ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import type { DocumentBlock, ImageBlock, SearchResultBlock, TextBlock } from "@/lib/schemas/messages-request";

export type ContentBlock = TextBlock | ImageBlock | DocumentBlock | SearchResultBlock;

/** Blocks that a person or a tool may send, as content in our form. */
export function readBlocks(blocks: readonly ContentBlock[]): MessageContent {
  const parts = blocks.flatMap(partsOf);
  const [first] = parts;
  // One plain text says no more than a string does, and every provider takes a string.
  const isPlain = parts.length === 1 && first?.type === "text" && first.cache_control === undefined;
  return isPlain ? first.text : parts;
}

type CacheMark = TextBlock["cache_control"];

function partsOf(block: ContentBlock): ContentPart[] {
  switch (block.type) {
    case "text":
      return [textPart(block.text, block.cache_control)];
    case "image":
      return [{ type: "image_url", image_url: { url: urlOf(block) }, ...markOf(block.cache_control) }];
    case "document":
      return documentParts(block);
    case "search_result": {
      const texts = block.content.map(({ text }) => text);
      return [textPart([block.title, block.source, ...texts].join("\n"), block.cache_control)];
    }
  }
}

function textPart(text: string, mark?: CacheMark): ContentPart {
  return { type: "text", text, ...markOf(mark) };
}

function markOf(mark: CacheMark): { cache_control?: NonNullable<CacheMark> } {
  return mark == null ? {} : { cache_control: mark };
}

function urlOf({ source }: ImageBlock): string {
  return source.type === "url" ? source.url : `data:${source.media_type};base64,${source.data}`;
}

function documentParts({ source, title, context, cache_control: mark }: DocumentBlock): ContentPart[] {
  const about = context ? [textPart(context)] : [];
  const file = (fields: Extract<ContentPart, { type: "file" }>["file"], usualName?: string): ContentPart[] => {
    const filename = title || usualName;
    return [...about, { type: "file", file: { ...(filename ? { filename } : {}), ...fields }, ...markOf(mark) }];
  };
  switch (source.type) {
    case "base64":
      return file({ file_data: `data:${source.media_type};base64,${source.data}` }, "document.pdf");
    case "text":
      return file({ file_data: textUrl(source.data) }, "document.txt");
    case "url":
      return file({ file_data: source.url });
    case "file":
      return file({ file_id: source.file_id });
    case "content": {
      if (typeof source.content === "string") return file({ file_data: textUrl(source.content) }, "document.txt");
      const heading = title ? [textPart(title)] : [];
      return [...about, ...heading, ...source.content.flatMap(partsOf)];
    }
  }
}

function textUrl(text: string): string {
  return `data:text/plain;base64,${Buffer.from(text).toString("base64")}`;
}
