// Writes unicode-15.0.0.bin, the Unicode data behind DomainName. Run it again only to move to another Unicode version:
//
//   npm pack tr46@4.1.1 && tar xf tr46-4.1.1.tgz      (the UTS #46 mapping table of Unicode 15.0.0, as JSON)
//   apt-get install unicode-data=15.0.0-1             (the Unicode Character Database 15.0.0)
//   node generate.mjs package /usr/share/unicode unicode-15.0.0.bin
//
// The file is a sequence of little-endian 32-bit integers, so that it is read by copying it:
//   the lengths of the six tables below, then the tables themselves
//   mapping starts       the first code point of every run; a run reaches up to the next one's start
//   mappings             for each run: action | payload << 3
//                        (0 valid, 1 disallowed, 2 ignored, 3 shifted by the payload, 4 replaced by the replacement at the payload)
//   replacements         the number of code points, and the code points, of each
//   property starts      as mapping starts
//   properties           for each run: bidi class | joining type << 4 | mark << 7 | combining class << 8
//   compositions         composite, first code point, second code point of each
// Properties are kept for valid code points only: nothing asks for those of the others.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [tr46, ucd, output] = process.argv.slice(2);
const codePoints = 0x110000;

const bidiClasses = ['L', 'R', 'AL', 'AN', 'EN', 'ES', 'CS', 'ET', 'ON', 'BN', 'NSM'];
const otherBidiClass = bidiClasses.length;
const joiningTypes = ['U', 'L', 'R', 'D', 'T', 'C'];

function* lines(file) {
  for (const line of readFileSync(join(ucd, file), 'utf8').split('\n')) {
    const fields = line.replace(/#.*/u, '').split(';').map(field => field.trim());
    if (fields.length > 1) yield fields;
  }
}

function each(range, action) {
  const [from, to = from] = range.split('..').map(text => parseInt(text, 16));
  for (let codePoint = from; codePoint <= to; codePoint++) action(codePoint);
}

// 1. Mapping. With UseSTD3ASCIIRules both kinds of disallowed_STD3 are disallowed; without transitional processing deviations are valid.
const statuses = { 1: 'mapped', 2: 'valid', 3: 'disallowed', 4: 'disallowed', 5: 'disallowed', 6: 'valid', 7: 'ignored' };
const actions = ['valid', 'disallowed', 'ignored', 'shifted', 'replaced'];
const mapping = new Array(codePoints);
for (const [range, status, mapped] of JSON.parse(readFileSync(join(tr46, 'lib/mappingTable.json'), 'utf8'))) {
  const [from, to] = Array.isArray(range) ? range : [range, range];
  for (let codePoint = from; codePoint <= to; codePoint++) {
    const target = statuses[status] === 'mapped' ? Array.from(mapped, character => character.codePointAt(0)) : [];
    mapping[codePoint] = target.length === 0
      ? { action: statuses[status], key: statuses[status] }
      : target.length === 1
        ? { action: 'shifted', distance: target[0] - codePoint, key: `shifted ${target[0] - codePoint}` }
        : { action: 'replaced', target, key: `replaced ${target}` };
  }
}
const isValid = codePoint => mapping[codePoint].action === 'valid';

// 2. Properties.
const properties = new Array(codePoints).fill(0);
const bidi = new Array(codePoints).fill(otherBidiClass);
for (const [range, name] of lines('extracted/DerivedBidiClass.txt')) {
  const known = bidiClasses.indexOf(name);
  each(range, codePoint => { bidi[codePoint] = known < 0 ? otherBidiClass : known; });
}
bidi.forEach((value, codePoint) => { properties[codePoint] |= value; });
for (const [range, name] of lines('extracted/DerivedJoiningType.txt'))
  each(range, codePoint => { properties[codePoint] |= joiningTypes.indexOf(name) << 4; });
for (const [range, category] of lines('extracted/DerivedGeneralCategory.txt'))
  if (category.startsWith('M')) each(range, codePoint => { properties[codePoint] |= 1 << 7; });
for (const [range, combining] of lines('extracted/DerivedCombiningClass.txt'))
  each(range, codePoint => { properties[codePoint] |= Number(combining) << 8; });

// 3. Canonical compositions. Singletons and excluded ones never come out of NFC; Hangul is arithmetic.
const excluded = new Set();
for (const [range, property] of lines('DerivedNormalizationProps.txt'))
  if (property === 'Full_Composition_Exclusion') each(range, codePoint => excluded.add(codePoint));
const compositions = [];
for (const [code, , , , , decomposition] of lines('UnicodeData.txt')) {
  const composite = parseInt(code, 16);
  if (!/^[0-9A-F]/u.test(decomposition) || excluded.has(composite)) continue;
  const [first, second] = decomposition.split(' ').map(text => parseInt(text, 16));
  if (isValid(composite) || (isValid(first) && isValid(second))) compositions.push([composite, first, second]);
}

function runs(values, key) {
  const found = [];
  values.forEach((value, start) => {
    if (start === 0 || key(found.at(-1).value) !== key(value)) found.push({ start, value });
  });
  return found;
}

const replacements = [];
const replacementAt = new Map();
function payload({ action, distance, target, key }) {
  if (action === 'shifted') return distance;
  if (action !== 'replaced') return 0;
  if (!replacementAt.has(key)) {
    replacementAt.set(key, replacements.length);
    replacements.push(target.length, ...target);
  }
  return replacementAt.get(key);
}

let last = 0;
const mappingRuns = runs(mapping, entry => entry.key);
const propertyRuns = runs(properties.map((value, codePoint) => (last = isValid(codePoint) ? value : last)), value => value);
const tables = [
  mappingRuns.map(run => run.start),
  mappingRuns.map(run => actions.indexOf(run.value.action) | (payload(run.value) << 3)),
  replacements,
  propertyRuns.map(run => run.start),
  propertyRuns.map(run => run.value),
  compositions.flat(),
];

const numbers = [...tables.map(table => table.length), ...tables.flat()];
const file = new DataView(new ArrayBuffer(numbers.length * 4));
numbers.forEach((value, index) => file.setInt32(index * 4, value, true));
writeFileSync(output, file);
console.log(`${file.byteLength} bytes: runs ${mappingRuns.length} and ${propertyRuns.length}, compositions ${compositions.length}`);
