"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState, useSyncExternalStore } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { Kbd } from "@/components/ui/kbd";

// Loaded when it is first asked for: no page needs it to be shown.
const CommandPalette = dynamic(() => import("./command-palette").then((loaded) => loaded.CommandPalette), {
  ssr: false,
});

const never = () => () => {};

type SearchButtonProps = { isSignedIn: boolean; isAdmin: boolean };

/** Opens the command palette, as ⌘K and Ctrl+K do everywhere. */
export function SearchButton(props: SearchButtonProps) {
  const [state, setState] = useState<"never" | "open" | "closed">("never");

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setState((current) => (current === "open" ? "closed" : "open"));
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  // The server does not know the reader's keyboard; most have a Ctrl key.
  const isMac = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        className={buttonStyle("quiet", "small", "lg:w-52 lg:justify-start lg:border-edge/60 max-lg:px-1.5")}
        onClick={() => setState("open")}
      >
        <Search aria-hidden="true" />
        <span className="max-lg:sr-only">Search</span>
        <span aria-hidden="true" className="ms-auto max-lg:hidden">
          <Kbd>{isMac ? "⌘K" : "Ctrl K"}</Kbd>
        </span>
      </button>
      {state !== "never" && <CommandPalette {...props} open={state === "open"} onClose={() => setState("closed")} />}
    </>
  );
}
