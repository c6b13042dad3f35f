"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/ui/radio-group";
import { applyTheme, THEMES, type Theme } from "./theme";
import { THEME_OPTIONS } from "./theme-options";

/** The choice of theme, which takes effect at once. */
export function ThemeField({ theme: initialTheme }: { theme: Theme }) {
  const [theme, setTheme] = useState(initialTheme);
  return (
    <RadioGroup
      label="Theme"
      options={THEME_OPTIONS}
      value={theme}
      onChange={(event) => {
        const chosen = THEMES.find((name) => name === event.target.value) ?? "system";
        setTheme(chosen);
        applyTheme(chosen);
      }}
    />
  );
}
