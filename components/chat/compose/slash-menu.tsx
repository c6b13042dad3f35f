import { cn } from "@/components/ui/cn";
import type { suggestSlashCommands } from "@/lib/chatroom/slash-commands";

type Command = ReturnType<typeof suggestSlashCommands>[number];

/** What is written of a command when it is chosen: with the space before what it still wants to know. */
export function beginningOf({ name, usage }: Command): string {
  return `/${name}${usage.includes(" ") ? " " : ""}`;
}

type SlashMenuProps = {
  /** Before the id of each option. */
  id: string;
  commands: readonly Command[];
  chosen: Command | undefined;
  onChoose: (command: Command) => void;
};

/** The commands that a draft may become, above the field that holds the focus and takes the keys. */
export function SlashMenu({ id, commands, chosen, onChoose }: SlashMenuProps) {
  if (commands.length === 0) return null;
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Commands"
      tabIndex={-1}
      className="absolute inset-x-0 bottom-full z-10 mb-2 max-h-72 overflow-y-auto rounded-panel bg-raised p-1 shadow-float"
    >
      {commands.map((command) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field holds the focus and takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: as above; aria-activedescendant points here
        <div
          key={command.name}
          id={`${id}-${command.name}`}
          role="option"
          aria-selected={command === chosen}
          className={cn(
            "flex justify-between gap-4 rounded-control px-2.5 py-1.5 text-sm hover:bg-hover",
            command === chosen && "bg-hover",
          )}
          onClick={() => onChoose(command)}
        >
          <span className="font-mono text-dense">{command.usage}</span>
          <span className="text-muted text-dense">{command.help}</span>
        </div>
      ))}
    </div>
  );
}
