import type { ReactNode } from "react";
import { requireSignedInUser } from "@/lib/identity/session";
import { currentPath } from "../current-path";

// Pages ask once more, because a layout is not rendered again on the way from one page to the next. Here it is asked
// above every loading.tsx, where a visitor is still sent to sign in by the status of the answer and not by a script.
export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireSignedInUser(await currentPath());
  return children;
}
