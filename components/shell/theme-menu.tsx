"use client";

import { SunMoon } from "lucide-react";
import { useState } from "react";
import { iconButtonStyle } from "@/components/ui/button-style";
import { Menu, MenuRadioGroup } from "@/components/ui/menu";
import { applyTheme, type Theme } from "./theme";
import { THEME_OPTIONS } from "./theme-options";

/** The choice of theme for whoever has no account menu. */
export function ThemeMenu({ theme: initialTheme }: { theme: Theme }) {
  const [theme, setTheme] = useState(initialTheme);
  return (
    <Menu
      label="Theme"
      trigger={
        <button type="button" aria-label="Theme" className={iconButtonStyle("quiet", "small")}>
          <SunMoon aria-hidden="true" />
        </button>
      }
    >
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
