"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn";

const ITEM =
  "flex w-full cursor-default select-none items-center gap-2.5 rounded-control px-2.5 py-1.5 text-start text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-hover";

type MenuProps = {
  /** One button. */
  trigger: ReactElement;
  label: string;
  align?: "start" | "center" | "end";
  /** Open when it appears, for one that is loaded by the click. */
  defaultOpen?: boolean;
  className?: string;
  /** `MenuItem`, `MenuLinkItem`, `MenuRadioGroup`, `MenuHeading` and `MenuSeparator`. */
  children: ReactNode;
};

/** A list of things to do with what its button belongs to. */
export function Menu({ trigger, label, align = "end", defaultOpen = false, className, children }: MenuProps) {
  return (
    <Primitive.Root modal={false} defaultOpen={defaultOpen}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      {/* Where its button is, and not at the end of the page: a menu belongs to that part of it. */}
      <Primitive.Content
        aria-label={label}
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-1rem)] animate-arrive overflow-y-auto rounded-panel bg-raised p-1 text-ink shadow-float",
          className,
        )}
      >
        {children}
      </Primitive.Content>
    </Primitive.Root>
  );
}

type ItemProps = {
  icon?: ReactNode;
  /** At the end: a shortcut or a value. */
  aside?: ReactNode;
  disabled?: boolean;
  children: ReactNode;
};

export function MenuItem({
  icon,
  aside,
  disabled = false,
  tone = "regular",
  onSelect,
  children,
}: ItemProps & { tone?: "regular" | "danger"; onSelect: () => void }) {
  return (
    <Primitive.Item
      disabled={disabled}
      onSelect={onSelect}
      className={cn(ITEM, tone === "danger" && "text-danger data-highlighted:bg-danger-wash")}
    >
      <ItemBody icon={icon} aside={aside}>
        {children}
      </ItemBody>
    </Primitive.Item>
  );
}

export function MenuLinkItem({ icon, aside, disabled = false, href, children }: ItemProps & { href: string }) {
  return (
    <Primitive.Item asChild disabled={disabled}>
      <Link href={href} className={ITEM}>
        <ItemBody icon={icon} aside={aside}>
          {children}
        </ItemBody>
      </Link>
    </Primitive.Item>
  );
}

type MenuRadioGroupProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  onChange: (value: Value) => void;
};

/** One of a few values, inside a menu. The menu stays open, so that the effect can be seen. */
export function MenuRadioGroup<Value extends string>({ label, value, options, onChange }: MenuRadioGroupProps<Value>) {
  return (
    <Primitive.RadioGroup aria-label={label} value={value}>
      <MenuHeading>{label}</MenuHeading>
      {options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          className={ITEM}
          onSelect={(event) => {
            event.preventDefault();
            onChange(option.value);
          }}
        >
          <ItemBody icon={option.icon} aside={option.value === value && <Check aria-hidden="true" />}>
            {option.label}
          </ItemBody>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2.5 pt-2 pb-1 text-muted text-xs">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="mx-1 my-1 border-t" />;
}

function ItemBody({ icon, aside, children }: Pick<ItemProps, "icon" | "aside" | "children">) {
  return (
    <>
      {icon !== undefined && <span className="flex text-muted">{icon}</span>}
      <span className="min-w-0 flex-1">{children}</span>
      {aside !== undefined && <span className="flex shrink-0 text-dense text-muted">{aside}</span>}
    </>
  );
}
