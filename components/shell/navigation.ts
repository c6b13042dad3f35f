export type NavigationEntry = {
  href: string;
  label: string;
  /** What it is also found by in the command palette. */
  keywords?: readonly string[];
};

/** The top bar, for everybody. */
export const MAIN_NAVIGATION: readonly NavigationEntry[] = [
  { href: "/models", label: "Models", keywords: ["catalog", "prices"] },
  { href: "/chat", label: "Chat", keywords: ["playground", "ask"] },
  { href: "/rankings", label: "Rankings", keywords: ["usage", "top"] },
  { href: "/docs", label: "Docs", keywords: ["help", "api", "reference"] },
];

/** The account menu, for whoever is signed in. */
export const ACCOUNT_NAVIGATION: readonly NavigationEntry[] = [
  { href: "/activity", label: "Activity", keywords: ["generations", "logs", "spend"] },
  { href: "/settings/credits", label: "Credits", keywords: ["balance", "billing", "payments"] },
  { href: "/settings/keys", label: "API keys", keywords: ["tokens", "secrets"] },
  { href: "/welcome", label: "First steps", keywords: ["welcome", "start", "setup"] },
  { href: "/route", label: "Dry run", keywords: ["route", "plan", "explain"] },
  { href: "/settings/preferences", label: "Settings", keywords: ["preferences", "theme", "dark"] },
];

/** The side bar of the settings. */
export const SETTINGS_NAVIGATION: readonly NavigationEntry[] = [
  { href: "/settings/preferences", label: "Preferences", keywords: ["theme", "default model"] },
  { href: "/settings/keys", label: "API keys" },
  { href: "/settings/provisioning-keys", label: "Provisioning keys", keywords: ["management"] },
  { href: "/settings/integrations", label: "Integrations", keywords: ["byok", "provider keys"] },
  { href: "/settings/presets", label: "Presets", keywords: ["prompts"] },
  { href: "/settings/plugins", label: "Plugins", keywords: ["web search", "pdf"] },
  { href: "/settings/privacy", label: "Privacy", keywords: ["data policy", "zdr", "training"] },
  { href: "/settings/credits", label: "Credits", keywords: ["balance"] },
  { href: "/settings/organization", label: "Organization", keywords: ["members", "team"] },
];

/** What only administrators see, in the menus and in the side bar. */
export const ADMIN_NAVIGATION: readonly NavigationEntry[] = [
  { href: "/lab", label: "Lab", keywords: ["sandbox", "faults", "chaos"] },
  { href: "/internal/kit", label: "Component kit", keywords: ["design", "ui"] },
];

/** Whether `path` is the page of `href` or one below it. */
export function isCurrent(href: string, path: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
