"use client";

import { Activity, Coins, FlaskConical, Footprints, Key, LogOut, Route, Settings, Shapes } from "lucide-react";
import type { ReactNode } from "react";
import { useState, useTransition } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { Menu, MenuItem, MenuLinkItem, MenuRadioGroup, MenuSeparator } from "@/components/ui/menu";
import { ACCOUNT_NAVIGATION, ADMIN_NAVIGATION } from "./navigation";
import { applyTheme, type Theme } from "./theme";
import { THEME_OPTIONS } from "./theme-options";

export type MenuUser = { name: string; email: string; isAdmin: boolean };

type AccountMenuProps = {
  user: MenuUser;
  /** `null` where nothing is charged. */
  balance: ReactNode;
  theme: Theme;
  onSignOut: () => Promise<void>;
};

const ICONS: Readonly<Record<string, ReactNode>> = {
  "/activity": <Activity aria-hidden="true" />,
  "/settings/credits": <Coins aria-hidden="true" />,
  "/settings/keys": <Key aria-hidden="true" />,
  "/settings/preferences": <Settings aria-hidden="true" />,
  "/welcome": <Footprints aria-hidden="true" />,
  "/route": <Route aria-hidden="true" />,
  "/lab": <FlaskConical aria-hidden="true" />,
  "/internal/kit": <Shapes aria-hidden="true" />,
};

/** Who is signed in, what they may spend, and the way to what is theirs. */
export function AccountMenu({ user, balance, theme: initialTheme, onSignOut }: AccountMenuProps) {
  const [theme, setTheme] = useState(initialTheme);
  const [, startTransition] = useTransition();
  return (
    <Menu
      label="Account"
      className="w-60"
      trigger={
        <button type="button" className={buttonStyle("secondary", "small", "gap-2 px-1.5")}>
          <span
            aria-hidden="true"
            className="grid size-5 place-items-center rounded-tag bg-ink font-semibold text-canvas text-micro"
          >
            {initialOf(user.name)}
          </span>
          <span className="sr-only">Account</span>
          {balance !== null && <span className="pe-1 max-[26rem]:hidden">{balance}</span>}
        </button>
      }
    >
      <div className="wrap-anywhere px-2.5 pt-2 pb-1.5 text-dense">
        <p className="font-medium text-sm">{user.name}</p>
        <p className="text-muted">{user.email}</p>
      </div>
      <MenuSeparator />
      {ACCOUNT_NAVIGATION.map(({ href, label }) => (
        <MenuLinkItem
          key={href}
          href={href}
          icon={ICONS[href]}
          {...(href === "/settings/credits" ? { aside: balance } : {})}
        >
          {label}
        </MenuLinkItem>
      ))}
      {user.isAdmin && (
        <>
          <MenuSeparator />
          {ADMIN_NAVIGATION.map(({ href, label }) => (
            <MenuLinkItem key={href} href={href} icon={ICONS[href]}>
              {label}
            </MenuLinkItem>
          ))}
        </>
      )}
      <MenuSeparator />
      <MenuRadioGroup
        label="Theme"
        value={theme}
        options={THEME_OPTIONS}
        onChange={(chosen) => {
          setTheme(chosen);
          applyTheme(chosen);
        }}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => startTransition(onSignOut)}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? "?";
}
