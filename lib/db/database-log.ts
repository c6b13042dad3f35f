/** What the database code needs of a log; pino's logger is one. */
export type DatabaseLog = { info(message: string): void; warn(message: string): void };
