"use client";

import { Menu } from "lucide-react";
import { lazy } from "react";
import { iconButtonStyle } from "@/components/ui/button-style";
import type { MobileMenuProps } from "./menu-props";
import { OnDemand } from "./on-demand";

const load = () => import("./mobile-menu-content").then((loaded) => ({ default: loaded.MobileMenuContent }));
const MobileMenuContent = lazy(load);

/** The navigation of a phone. */
export function MobileMenu(props: MobileMenuProps) {
  const trigger = (
    <button type="button" aria-label="Menu" className={iconButtonStyle("quiet", "regular", "-me-2")}>
      <Menu aria-hidden="true" className="size-5" />
    </button>
  );
  return (
    <OnDemand trigger={trigger} popup="dialog" preload={load}>
      <MobileMenuContent {...props} trigger={trigger} />
    </OnDemand>
  );
}
