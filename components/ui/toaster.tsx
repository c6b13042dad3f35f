"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { noToasts, shownToasts, subscribeToToasts } from "./toast";

// Most visits see none, so what shows them is loaded with the first one.
const ToastList = dynamic(() => import("./toast-list").then((loaded) => loaded.ToastList), { ssr: false });

/** The place where `toast()` appears; once, at the root of the page. */
export function Toaster() {
  const messages = useSyncExternalStore(subscribeToToasts, shownToasts, noToasts);
  return messages.length === 0 ? null : <ToastList messages={messages} />;
}
