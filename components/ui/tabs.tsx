"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ReactNode } from "react";
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
  const change = (chosen: string) => {
    const tab = tabs.find(({ id }) => id === chosen);
    if (tab !== undefined) onChange?.(tab.id);
  };
  return (
    <Primitive.Root
      {...(value === undefined ? { defaultValue: tabs[0]?.id ?? "" } : { value })}
      onValueChange={change}
      className="grid grid-cols-[minmax(0,1fr)]"
    >
      <Primitive.List aria-label={label} className="flex gap-5 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Primitive.Trigger key={tab.id} value={tab.id} className={TAB_STYLE}>
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.id} value={tab.id} className="pt-4">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
