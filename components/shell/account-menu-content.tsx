"use client";

import { Activity, Coins, FlaskConical, Footprints, Key, LogOut, Route, Settings, Shapes } from "lucide-react";
import { type ReactElement, type ReactNode, useState, useTransition } from "react";
import { Menu, MenuItem, MenuLinkItem, MenuRadioGroup, MenuSeparator } from "@/components/ui/menu";
import type { AccountMenuProps } from "./menu-props";
import { ACCOUNT_NAVIGATION, ADMIN_NAVIGATION } from "./navigation";
import { applyTheme } from "./theme";
import { THEME_OPTIONS } from "./theme-options";

type AccountMenuContentProps = AccountMenuProps & { trigger: ReactElement };

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

export function AccountMenuContent({
  trigger,
  user,
  balance,
  theme: initialTheme,
  onSignOut,
}: AccountMenuContentProps) {
  const [theme, setTheme] = useState(initialTheme);
  const [, startTransition] = useTransition();
  return (
    <Menu label="Account" className="w-60" trigger={trigger} defaultOpen>
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
