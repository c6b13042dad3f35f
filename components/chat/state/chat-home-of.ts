import { ChatHome } from "./chat-home";

let home: { personId: string; home: ChatHome } | undefined;

/** The person's rooms in this page: the same ones after another page was looked at. */
export function chatHomeOf(personId: string): ChatHome {
  // The server keeps nothing of anybody.
  if (typeof window === "undefined") return new ChatHome(personId);
  if (home?.personId !== personId) home = { personId, home: new ChatHome(personId) };
  return home.home;
}
