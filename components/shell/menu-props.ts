import type { ReactNode } from "react";
import type { Theme } from "./theme";

export type MenuUser = { name: string; email: string; isAdmin: boolean };

export type AccountMenuProps = {
  user: MenuUser;
  /** `null` where nothing is charged. */
  balance: ReactNode;
  theme: Theme;
  onSignOut: () => Promise<void>;
};

export type MobileMenuProps = { isSignedIn: boolean; canSignUp: boolean; theme: Theme };
