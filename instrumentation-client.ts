import { config } from "zod/v4/core";

// Zod tries whether it may compile validators with `new Function`; the Content Security Policy forbids it, and each try
// would be reported as a violation.
config({ jitless: true });
