const IDEAS = [
  "Explain to a child how a railway signal box works.",
  "Compare three ways of caching an API in a table.",
  "Write a TypeScript function that groups a list by a key, with an example.",
] as const;

type ChatWelcomeProps = { isTemporary: boolean; onChoose: (idea: string) => void };

/** An empty room: some ideas, which go into the composer and not off to a model at once. */
export function ChatWelcome({ isTemporary, onChoose }: ChatWelcomeProps) {
  return (
    <div className="mx-auto grid min-h-0 w-full max-w-3xl flex-1 content-end gap-5 overflow-y-auto px-4 pb-8 sm:px-6">
      <div className="grid gap-1">
        <h2 className="font-semibold text-2xl">
          {isTemporary ? "A room that leaves no trace" : "What would you like to ask?"}
        </h2>
        <p className="text-muted text-sm">
          {isTemporary
            ? "It is kept nowhere and gone when you leave it."
            : "Rooms are kept in this browser only. Type / for commands."}
        </p>
      </div>
      <ul className="border-t">
        {IDEAS.map((idea) => (
          <li key={idea} className="border-b">
            <button
              type="button"
              className="w-full py-2.5 text-start text-muted hover:text-ink"
              onClick={() => onChoose(idea)}
            >
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
