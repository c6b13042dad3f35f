"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { cn } from "@/components/ui/cn";
import { Dialog } from "@/components/ui/dialog";
import type { FileReference } from "@/lib/schemas/chatroom";
import { useFileUrl } from "./use-file-url";

type PictureProps = { file: FileReference; className?: string };

/** A picture that opens large, from where it can be saved. */
export function Picture({ file, className }: PictureProps) {
  const url = useFileUrl(file.id);
  const [isOpen, setOpen] = useState(false);
  if (url === null) return <p className="text-muted text-sm">{file.name} is not kept any more.</p>;
  if (url === undefined) return <div className={cn("animate-breathe bg-sunken", className)} aria-hidden="true" />;
  return (
    <>
      <button type="button" className="block rounded-control" onClick={() => setOpen(true)}>
        {/* biome-ignore lint/performance/noImgElement: bytes of this browser, which no server can make smaller */}
        <img src={url} alt={`Open ${file.name}`} className={className} />
      </button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={file.name} width="wide">
        <div className="grid justify-items-center gap-4">
          {/* biome-ignore lint/performance/noImgElement: as above */}
          <img src={url} alt={file.name} className="max-h-[70dvh] max-w-full rounded-control" />
          <a href={url} download={file.name} className={buttonStyle("secondary", "small")}>
            <Download aria-hidden="true" />
            Download
          </a>
        </div>
      </Dialog>
    </>
  );
}
