import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { SLASH_COMMANDS } from "@/lib/chatroom/slash-commands";

const KEYS = [
  { keys: ["Enter"], does: "Send" },
  { keys: ["Shift", "Enter"], does: "A new line" },
  { keys: ["↑"], does: "Edit the last question, in an empty field" },
  { keys: ["Esc"], does: "Stop all answers" },
  { keys: ["⌘ or Ctrl", "/"], does: "New room" },
  { keys: ["⌘ or Ctrl", "J"], does: "Add a model" },
  { keys: ["⌘ or Ctrl", "K"], does: "Search rooms, models and pages" },
  { keys: ["/"], does: "Write a message" },
  { keys: ["?"], does: "This list" },
] as const;

/** Every key and every command of the chat. */
export function KeyboardMap({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keys and commands">
      <dl className="divide-y border-y text-dense">
        {KEYS.map(({ keys, does }) => (
          <div key={does} className="flex items-center justify-between gap-4 py-1.5">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-muted">{does}</dd>
          </div>
        ))}
        {SLASH_COMMANDS.map(({ name, usage, help }) => (
          <div key={name} className="flex items-center justify-between gap-4 py-1.5">
            <dt className="font-mono">{usage}</dt>
            <dd className="text-muted">{help}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
