"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { ActiveOption } from "@/components/ui/active-option";
import { useDialogFocus } from "@/components/ui/use-dialog-focus";
import { paletteQuery } from "@/lib/queries/palette";
import { findByWords } from "./find-by-words";
import { ACCOUNT_NAVIGATION, ADMIN_NAVIGATION, MAIN_NAVIGATION, SETTINGS_NAVIGATION } from "./navigation";
import { pageActions } from "./page-actions";

type CommandPaletteProps = { isSignedIn: boolean; isAdmin: boolean; open: boolean; onClose: () => void };

/** Without a word typed, four hundred models would hide the pages. */
const MODELS_WITHOUT_QUERY = 6;
const MAX_SHOWN_MODELS = 40;

/** Rooms of the chat may be hundreds. */
const ACTIONS_WITHOUT_QUERY = 5;
const MAX_SHOWN_ACTIONS = 12;

/** Finds models, pages and keys by a part of their name, and goes there; and what can be done on the page in view. */
export function CommandPalette({ isSignedIn, isAdmin, open, onClose }: CommandPaletteProps) {
  const router = useRouter();
  const focus = useDialogFocus();
  const [query, setQuery] = useState("");
  const { data, error, isPending } = useQuery({ ...paletteQuery(), enabled: open });

  const close = () => {
    setQuery("");
    onClose();
  };
  const follow = (href: string) => {
    close();
    router.push(href);
  };

  const isBlank = query.trim() === "";
  const pages = findByWords(
    uniqueByHref([
      ...MAIN_NAVIGATION,
      ...(isSignedIn ? [...ACCOUNT_NAVIGATION, ...SETTINGS_NAVIGATION] : []),
      ...(isAdmin ? ADMIN_NAVIGATION : []),
    ]),
    query,
    ({ label, keywords = [] }) => [label, ...keywords],
  );
  const actions = findByWords(open ? pageActions() : [], query, ({ label, keywords = [] }) => [label, ...keywords]);
  const models = findByWords(data?.models ?? [], query, ({ id, name }) => [name, id]);
  const keys = isBlank ? [] : findByWords(data?.keys ?? [], query, ({ name, label }) => [name, label]);

  return (
    <Primitive.Root open={open} onOpenChange={(isOpen) => !isOpen && close()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-arrive bg-scrim [--arrive-from:0_0]" />
        <Primitive.Content
          aria-describedby={undefined}
          {...focus}
          className="fixed inset-x-4 top-[12dvh] z-40 mx-auto max-w-xl animate-arrive overflow-hidden rounded-panel bg-raised text-ink shadow-float"
        >
          <Primitive.Title className="sr-only">Search</Primitive.Title>
          {/* What is found is decided here, so that what is shown first does not depend on a score. */}
          <Command label="Search" shouldFilter={false} loop>
            <ActiveOption />
            <Command.Input
              value={query}
              onValueChange={setQuery}
              placeholder={isSignedIn ? "Find a model, a page or a key" : "Find a model or a page"}
              className="w-full border-b bg-transparent px-4 py-3.5 text-base outline-none"
            />
            <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
              {error !== null && (
                <p role="alert" className="px-2.5 py-2 text-danger text-dense">
                  Models cannot be searched now: {error.message}
                </p>
              )}
              <Command.Empty className="px-2.5 py-6 text-muted text-sm">
                {isPending ? "Loading the models…" : "Nothing is called that."}
              </Command.Empty>
              <Group heading="On this page">
                {actions.slice(0, isBlank ? ACTIONS_WITHOUT_QUERY : MAX_SHOWN_ACTIONS).map(({ label, run }, index) => (
                  <Item
                    // biome-ignore lint/suspicious/noArrayIndexKey: two rooms may have one name
                    key={index}
                    value={`action ${index} ${label}`}
                    detail=""
                    onSelect={() => {
                      close();
                      run();
                    }}
                  >
                    {label}
                  </Item>
                ))}
              </Group>
              <Group heading="Pages">
                {pages.map(({ href, label }) => (
                  <Item key={href} value={`page ${href}`} onSelect={() => follow(href)} detail={href}>
                    {label}
                  </Item>
                ))}
              </Group>
              <Group heading="Keys">
                {keys.map(({ hash, name, label }) => (
                  <Item
                    key={hash}
                    value={`key ${hash}`}
                    onSelect={() => follow(`/settings/keys?key=${encodeURIComponent(hash)}`)}
                    detail={label}
                  >
                    {name}
                  </Item>
                ))}
              </Group>
              <Group heading="Models">
                {models.slice(0, isBlank ? MODELS_WITHOUT_QUERY : MAX_SHOWN_MODELS).map(({ id, name }) => (
                  <Item key={id} value={`model ${id}`} onSelect={() => follow(`/${id}`)} detail={id}>
                    {name}
                  </Item>
                ))}
              </Group>
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Group({ heading, children }: { heading: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = { value: string; detail: string; onSelect: () => void; children: ReactNode };

function Item({ value, detail, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex cursor-default select-none items-baseline justify-between gap-4 rounded-control px-2.5 py-1.5 text-sm data-[selected=true]:bg-hover"
    >
      <span className="shrink-0 max-sm:shrink">{children}</span>
      <span className="min-w-0 truncate font-mono text-muted text-xs">{detail}</span>
    </Command.Item>
  );
}

function uniqueByHref<Entry extends { href: string }>(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.href, entry])).values()];
}
