/** What went wrong with an expression, in words for whoever wrote it. */
export class BadExpression extends Error {
  override readonly name = "BadExpression";
}

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log: Math.log10,
  max: Math.max,
  min: Math.min,
  round: Math.round,
  sin: Math.sin,
  sqrt: Math.sqrt,
  tan: Math.tan,
};
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-z]+)|(\*\*|[-+*/%^(),]))/iy;
const MAX_CHARS = 1_000;

/**
 * The value of an expression of numbers, `+ - * / % ^`, brackets and a few functions. A parser of our own: what a model
 * wrote is never evaluated as code.
 *
 * @throws BadExpression
 */
export function calculate(expression: string): number {
  if (expression.length > MAX_CHARS) throw new BadExpression(`The expression has more than ${MAX_CHARS} characters.`);
  const tokens = tokensOf(expression);
  let at = 0;
  const take = (wanted: string): boolean => {
    if (tokens[at] !== wanted) return false;
    at += 1;
    return true;
  };
  const expect = (wanted: string): void => {
    if (!take(wanted))
      throw new BadExpression(
        `"${wanted}" is missing${at < tokens.length ? ` before "${tokens[at]}"` : " at the end"}.`,
      );
  };
  const sum = (): number => {
    let value = product();
    for (;;) {
      if (take("+")) value += product();
      else if (take("-")) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    let value = signed();
    for (;;) {
      if (take("*")) value *= signed();
      else if (take("/")) value /= signed();
      else if (take("%")) value %= signed();
      else return value;
    }
  };
  const signed = (): number => (take("-") ? -signed() : take("+") ? signed() : power());
  const power = (): number => {
    const base = atom();
    return take("^") || take("**") ? base ** signed() : base;
  };
  const atom = (): number => {
    const token = tokens[at];
    if (token === undefined) throw new BadExpression("The expression ends too early.");
    at += 1;
    if (token === "(") {
      const value = sum();
      expect(")");
      return value;
    }
    if (/^[\d.]/.test(token)) return Number(token);
    const name = token.toLowerCase();
    const constant = CONSTANTS[name];
    if (constant !== undefined) return constant;
    const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (apply === undefined) throw new BadExpression(`"${token}" means nothing here.`);
    expect("(");
    const values = [sum()];
    while (take(",")) values.push(sum());
    expect(")");
    return apply(...values);
  };
  const value = sum();
  if (at < tokens.length) throw new BadExpression(`"${tokens[at]}" cannot stand there.`);
  return value;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  const text = expression.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new BadExpression(`"${text.slice(from).trim().slice(0, 20)}" cannot be read.`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}
