/* Offsets count code points, as Python does; JavaScript's strings count UTF-16 units. */

/* The unit at which each of these points stands. */
function unitsOf(text, points) {
  const units = new Map();
  let point = 0, unit = 0;
  for (const wanted of [...new Set(points)].sort((one, other) => one - other)) {
    for (; point < wanted && unit < text.length; point++) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    units.set(wanted, unit);
  }
  return units;
}

/* The words between two points. */
function slice(text, start, end) {
  const units = unitsOf(text, [start, end]);
  return text.slice(units.get(start), units.get(end));
}
