"use client";

import { type ReactElement, useState } from "react";
import { Menu, MenuRadioGroup } from "@/components/ui/menu";
import { applyTheme, type Theme } from "./theme";
import { THEME_OPTIONS } from "./theme-options";

export function ThemeMenuContent({ trigger, theme: initialTheme }: { trigger: ReactElement; theme: Theme }) {
  const [theme, setTheme] = useState(initialTheme);
  return (
    <Menu label="Theme" defaultOpen trigger={trigger}>
      <MenuRadioGroup
        label="Theme"
        value={theme}
        options={THEME_OPTIONS}
        onChange={(chosen) => {
          setTheme(chosen);
          applyTheme(chosen);
        }}
      />
    </Menu>
  );
}
