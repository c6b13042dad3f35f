"use client";

import { Tabs as Primitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { TAB_STYLE } from "./tab-style";

type TabsProps<Id extends string> = {
  label: string;
  tabs: readonly { id: Id; label: ReactNode; content: ReactNode }[];
  /** Left out: the first, and the tabs keep it themselves. */
  value?: Id;
  onChange?: (id: Id) => void;
};

/** Views of one thing that change in place. Views with an address of their own are `TabLinks`. */
export function Tabs<Id extends string>({ label, tabs, value, onChange }: TabsProps<Id>) {
  const id = useId();
  const [own, setOwn] = useState(tabs[0]?.id);
  const chosen = value ?? own;

  const change = (wanted: string) => {
    const tab = tabs.find((entry) => entry.id === wanted);
    if (tab === undefined) return;
    setOwn(tab.id);
    onChange?.(tab.id);
  };

  return (
    <Primitive.Root value={chosen ?? ""} onValueChange={change} className="grid grid-cols-[minmax(0,1fr)]">
      <Primitive.List asChild aria-label={label}>
        <TabRow>
          {tabs.map((tab) => (
            <Primitive.Trigger
              key={tab.id}
              value={tab.id}
              id={`${id}-tab-${tab.id}`}
              aria-controls={`${id}-panel-${tab.id}`}
              className={TAB_STYLE}
            >
              {tab.label}
            </Primitive.Trigger>
          ))}
        </TabRow>
      </Primitive.List>
      {/* Not the library's panels: they come from the server with a style attribute, which the policy refuses. */}
      {tabs.map((tab) => (
        <div
          key={tab.id}
          id={`${id}-panel-${tab.id}`}
          role="tabpanel"
          aria-labelledby={`${id}-tab-${tab.id}`}
          hidden={tab.id !== chosen}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the way from the tabs into a panel without controls
          tabIndex={0}
          className="pt-4"
        >
          {tab.id === chosen && tab.content}
        </div>
      ))}
    </Primitive.Root>
  );
}

/** Drops the library's `style="outline:none"`, which the policy refuses; the row itself never has the focus for long. */
function TabRow({ style: _, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className="flex gap-5 overflow-x-auto border-b outline-none" />;
}
