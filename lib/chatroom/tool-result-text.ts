import type { ToolResultPart } from "../schemas/chat-tools";

/** What a tool gave, in words for a model. Pictures and sounds are only named: their bytes would fill its context. */
export function toolResultText(parts: readonly ToolResultPart[]): string {
  return parts.map(partText).join("\n\n");
}

function partText(part: ToolResultPart): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "image":
    case "audio":
      return `(${part.type}, ${part.mimeType}: it cannot be shown here.)`;
    case "resource_link":
      return part.name === undefined ? part.uri : `${part.name}: ${part.uri}`;
    case "resource":
      return "text" in part.resource
        ? part.resource.text
        : `(A file, ${part.resource.mimeType ?? "of unknown type"}: it cannot be shown here.)`;
  }
}
