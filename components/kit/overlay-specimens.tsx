"use client";

import { MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { Menu, MenuHeading, MenuItem, MenuLinkItem, MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { Sheet } from "@/components/ui/sheet";
import { TabLinks } from "@/components/ui/tab-links";
import { Tabs } from "@/components/ui/tabs";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { Row, Specimen } from "./specimen";

type Open = "dialog" | "confirm" | "sheet" | null;

export function OverlaySpecimens() {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Specimen id="overlays" title="What floats">
      <Row label="open">
        <Button onClick={() => setOpen("dialog")}>Dialog</Button>
        <Button onClick={() => setOpen("confirm")}>Question</Button>
        <Button onClick={() => setOpen("sheet")}>Sheet</Button>
        <Popover label="Filters" trigger={<Button>Popover</Button>}>
          A few controls or facts.
        </Popover>
        <Menu label="Actions" align="start" trigger={<Button>Menu</Button>}>
          <MenuHeading>This key</MenuHeading>
          <MenuItem icon={<Pencil aria-hidden="true" />} aside="E" onSelect={() => {}}>
            Rename
          </MenuItem>
          <MenuLinkItem href="/activity">Its activity</MenuLinkItem>
          <MenuItem disabled onSelect={() => {}}>
            Disable
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden="true" />} tone="danger" onSelect={() => {}}>
            Delete
          </MenuItem>
        </Menu>
        <Tooltip content="A few words more">
          <Button variant="quiet">Tooltip</Button>
        </Tooltip>
        <IconButton label="More">
          <MoreHorizontal aria-hidden="true" />
        </IconButton>
      </Row>
      <Row label="toast">
        <Button
          onClick={() =>
            toast({
              title: "Key revoked",
              description: "It stopped working at once.",
              action: { label: "Undo", onClick: () => {} },
            })
          }
        >
          Done
        </Button>
        <Button onClick={() => toast({ title: "Could not be copied", status: "caution" })}>Caution</Button>
      </Row>
      <Row label="tabs">
        <div className="w-full">
          <Tabs
            label="Views"
            tabs={[
              { id: "overview", label: "Overview", content: "The first view." },
              { id: "providers", label: "Providers", content: "The second view." },
              { id: "api", label: "API", content: "The third view." },
            ]}
          />
        </div>
        <div className="w-full">
          <TabLinks
            label="Views with an address"
            links={[
              { href: "/internal/kit", label: "Here", isCurrent: true },
              { href: "/activity", label: "Elsewhere", isCurrent: false },
            ]}
          />
        </div>
      </Row>
      <Dialog
        open={open === "dialog"}
        onClose={close}
        title="Rename the key"
        description="Programs that use it notice nothing."
      >
        <Button variant="primary" data-initial-focus onClick={close}>
          Rename
        </Button>
      </Dialog>
      <ConfirmDialog
        open={open === "confirm"}
        onClose={close}
        title="Revoke this key?"
        description="It stops working at once, for good."
        confirmLabel="Revoke key"
        onConfirm={close}
      />
      <Sheet open={open === "sheet"} onClose={close} title="openai/gpt-oss-120b" description="A minute ago">
        <KeyValues>
          <KeyValue name="Provider">DeepInfra</KeyValue>
          <KeyValue name="Cost">$0.00012</KeyValue>
        </KeyValues>
      </Sheet>
    </Specimen>
  );
}
