"use client";

import { SunMoon } from "lucide-react";
import { lazy } from "react";
import { iconButtonStyle } from "@/components/ui/button-style";
import { OnDemand } from "./on-demand";
import type { Theme } from "./theme";

const load = () => import("./theme-menu-content").then((loaded) => ({ default: loaded.ThemeMenuContent }));
const ThemeMenuContent = lazy(load);

/** The choice of theme for whoever has no account menu. */
export function ThemeMenu({ theme }: { theme: Theme }) {
  const trigger = (
    <button type="button" aria-label="Theme" className={iconButtonStyle("quiet", "small")}>
      <SunMoon aria-hidden="true" />
    </button>
  );
  return (
    <OnDemand trigger={trigger} popup="menu" preload={load}>
      <ThemeMenuContent trigger={trigger} theme={theme} />
    </OnDemand>
  );
}
