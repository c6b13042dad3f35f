export const SLASH_COMMANDS = [
  { name: "new", usage: "/new", help: "Start a new room" },
  { name: "temp", usage: "/temp", help: "Start a room that leaves no trace" },
  { name: "model", usage: "/model name", help: "Ask another model from now on" },
  { name: "add", usage: "/add name", help: "Have one more model answer" },
  { name: "system", usage: "/system text", help: "Set the system prompt" },
  { name: "web", usage: "/web", help: "Turn the web search on or off" },
  { name: "image", usage: "/image", help: "Turn image mode on or off" },
  { name: "think", usage: "/think high", help: "Set the reasoning effort" },
  { name: "tools", usage: "/tools", help: "Turn tools on or off" },
  { name: "rename", usage: "/rename title", help: "Name this room" },
  { name: "copy", usage: "/copy", help: "Copy the conversation as markdown" },
  { name: "export", usage: "/export", help: "Save this room as a file" },
  { name: "keys", usage: "/keys", help: "Show the keyboard map" },
] as const;

export type SlashCommandName = (typeof SLASH_COMMANDS)[number]["name"];
export type SlashCommand = { name: SlashCommandName; argument: string };

/** What a draft commands; `undefined` when it is a message: a slash may begin a path, too. */
export function parseSlashCommand(draft: string): SlashCommand | undefined {
  const [, word, argument = ""] = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(draft.trim()) ?? [];
  const command = SLASH_COMMANDS.find(({ name }) => name === word);
  return command === undefined ? undefined : { name: command.name, argument: argument.trim() };
}

/** The commands that a draft may become, while its first word is being written. */
export function suggestSlashCommands(draft: string): readonly (typeof SLASH_COMMANDS)[number][] {
  const [, word] = /^\/([a-z]*)$/.exec(draft) ?? [];
  return word === undefined ? [] : SLASH_COMMANDS.filter(({ name }) => name.startsWith(word));
}
