/** Stands in for the `server-only` marker package where no bundler decides between server and browser. */
export {};
