"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";

type SearchFieldProps = { value: string; onChange: (words: string) => void };

/** Filters the list with every letter. `/` leads here from anywhere in the page. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // What is looked for changed elsewhere: by going back, or by a link.
  if (known !== value) {
    setKnown(value);
    if (typed.trim() !== value) setTyped(value);
  }

  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  return (
    <Input
      ref={field}
      type="search"
      aria-label="Search models"
      aria-keyshortcuts="/"
      placeholder="Name, id or author"
      autoComplete="off"
      spellCheck={false}
      maxLength={256}
      prefix={<Search aria-hidden="true" />}
      suffix={typed === "" ? <Kbd>/</Kbd> : undefined}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(target.value.trim());
      }}
      className="min-w-0 flex-1 basis-56"
    />
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
