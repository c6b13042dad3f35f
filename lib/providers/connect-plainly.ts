import type { Connected, ConnectInput } from "./types";

/** A connection that is an address and, unless it is a server that wants none, a key. */
export function connectPlainly({ credential, baseUrl, variables }: ConnectInput): Connected {
  const filled = fillPlaceholders(baseUrl, variables);
  if (filled.kind === "unknown") return { kind: "refused", field: undefined, problem: "its address is not known" };
  if (filled.kind === "incomplete") {
    return { kind: "refused", field: filled.variable, problem: `its address needs ${filled.variable}` };
  }
  return { kind: "connected", connections: [{ baseUrl: filled.url, apiKey: credential }] };
}

type Filled = { kind: "filled"; url: string } | { kind: "incomplete"; variable: string } | { kind: "unknown" };

/** Fills the `${VARIABLE}` placeholders of an address. */
export function fillPlaceholders(
  template: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): Filled {
  if (template === undefined) return { kind: "unknown" };
  let missing: string | undefined;
  const url = template.replace(/\$\{(\w+)\}/g, (_match, name: string) => {
    const value = variables[name];
    if (value === undefined || value === "") missing ??= name;
    return value ?? "";
  });
  return missing === undefined ? { kind: "filled", url } : { kind: "incomplete", variable: missing };
}
