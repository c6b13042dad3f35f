const NOT_OF_A_NAME = /[^A-Za-z0-9_-]+/g;
/** Providers take 64 characters; the rest is for what tells two tools apart. */
const MAX_NAME_CHARS = 60;

/** The name under which models know a tool of a server: of letters, digits, `_` and `-`, beginning with a letter or `_`. */
export function servedToolName(serverName: string, toolName: string): string {
  const name = `${serverName}_${toolName}`.replace(NOT_OF_A_NAME, "_").slice(0, MAX_NAME_CHARS);
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`.slice(0, MAX_NAME_CHARS);
}

/** The same tools with names of their own: who comes later gets a number, so that no call goes to somebody else's tool. */
export function withOwnNames<Tool extends { name: string }>(tools: readonly Tool[]): Tool[] {
  const taken = new Set<string>();
  return tools.map((tool) => {
    let { name } = tool;
    for (let number = 2; taken.has(name); number++) name = `${tool.name}_${number}`;
    taken.add(name);
    return name === tool.name ? tool : { ...tool, name };
  });
}
