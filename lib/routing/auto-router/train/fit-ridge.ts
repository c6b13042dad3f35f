/** Examples that are compared with each other only: what tells one group from another teaches nothing. */
export type RidgeGroup = {
  /** What the group counts in all, however many examples it has. */
  weight: number;
  examples: readonly { x: Float64Array; y: number }[];
};

/**
 * Linear weights that follow `prior` as far as the examples do not say otherwise: least squares within each group, plus
 * each weight's squared distance from its prior times its strength.
 */
export function fitRidge(groups: readonly RidgeGroup[], prior: Float64Array, strengths: Float64Array): Float64Array {
  const size = prior.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  for (const group of groups) addGroup(group, prior, matrix, right);
  for (const [index, row] of matrix.entries()) row[index] = at(row, index) + at(strengths, index);
  const step = solve(matrix, right);
  return prior.map((value, index) => value + at(step, index));
}

function addGroup({ weight, examples }: RidgeGroup, prior: Float64Array, matrix: Float64Array[], right: Float64Array) {
  const share = weight / examples.length;
  const meanX = new Float64Array(prior.length);
  let meanY = 0;
  for (const { x, y } of examples) {
    meanY += y / examples.length;
    for (let index = 0; index < x.length; index += 1) meanX[index] = at(meanX, index) + at(x, index) / examples.length;
  }
  for (const { x, y } of examples) {
    const centered = x.map((value, index) => value - at(meanX, index));
    let rest = y - meanY;
    for (let index = 0; index < centered.length; index += 1) rest -= at(prior, index) * at(centered, index);
    for (const [row, line] of matrix.entries()) {
      const factor = share * at(centered, row);
      if (factor === 0) continue;
      right[row] = at(right, row) + factor * rest;
      for (let column = 0; column <= row; column += 1) line[column] = at(line, column) + factor * at(centered, column);
    }
  }
}

/** Cholesky; only the lower half of `matrix` is read. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const lower: Float64Array[] = [];
  const values = Float64Array.from(right);
  for (const [row, line] of matrix.entries()) {
    const own = new Float64Array(line.length);
    lower.push(own);
    for (let column = 0; column <= row; column += 1) {
      let sum = at(line, column);
      const other = lower[column] ?? own;
      for (let k = 0; k < column; k += 1) sum -= at(own, k) * at(other, k);
      own[column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(other, column);
    }
    let value = at(values, row);
    for (let k = 0; k < row; k += 1) value -= at(own, k) * at(values, k);
    values[row] = value / at(own, row);
  }
  for (let row = lower.length - 1; row >= 0; row -= 1) {
    let value = at(values, row);
    for (let k = row + 1; k < lower.length; k += 1) value -= at(lower[k] ?? values, row) * at(values, k);
    values[row] = value / at(lower[row] ?? values, row);
  }
  return values;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
