"use client";

import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, iconButtonStyle } from "./button-style";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  /** What it does: its name for a screen reader, and shown beside it on hover and focus. */
  label: string;
  /** A key that does the same, such as `⌘K`. */
  shortcut?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** The icon. */
  children: ReactNode;
};

export function IconButton({ label, shortcut, variant, size, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <button type="button" {...rest} aria-label={label} className={iconButtonStyle(variant, size, className)}>
        {children}
      </button>
    </Tooltip>
  );
}
