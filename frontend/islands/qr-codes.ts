// Finds and reads the QR code in a picture. Somewhere in a code there often is what looks like one of its three corners; the library's
// own reader settles for the first three it is sure of, and such a code is never read. Here every three that lie like the corners of a
// square are tried, the straightest first: the code itself tells by its check digits which are right.
import { type BitMatrix, DecodeHintType, ResultPoint } from "@zxing/library";
import Decoder from "@zxing/library/esm/core/qrcode/decoder/Decoder";
import Detector from "@zxing/library/esm/core/qrcode/detector/Detector";
import FinderPattern from "@zxing/library/esm/core/qrcode/detector/FinderPattern";
import FinderPatternFinder from "@zxing/library/esm/core/qrcode/detector/FinderPatternFinder";
import FinderPatternInfo from "@zxing/library/esm/core/qrcode/detector/FinderPatternInfo";

type Three = [FinderPattern, FinderPattern, FinderPattern];

const EVERY_THIRD_ROW = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]]);
const OFTEN_ENOUGH = 2;
const MOST_CORNERS = 14;
const MOST_TRIES = 12;
const MOST_UNEQUAL = 1.4;

class Corners extends FinderPatternFinder {
  private seen: FinderPattern[] = [];

  constructor(image: BitMatrix) {
    super(image, null!);
  }

  /** Whatever looks like a corner, seen in several rows; the most often first. */
  all(): FinderPattern[] {
    try {
      this.find(EVERY_THIRD_ROW);
    } catch {
      // fewer than three, or none that it likes
    }
    return this.seen.filter((each) => each.getCount() >= OFTEN_ENOUGH).sort((one, other) => other.getCount() - one.getCount());
  }

  /** Never sure enough to look no further. */
  protected override handlePossibleCenter(widths: Int32Array, row: number, end: number, isPure: boolean): boolean {
    super.handlePossibleCenter(widths, row, end, isPure);
    this.seen = [...this.getPossibleCenters()];
    return false;
  }
}

class Sampler extends Detector {
  bits(three: Three): BitMatrix {
    ResultPoint.orderBestPatterns(three);
    return this.processFinderPatternInfo(new FinderPatternInfo(three)).getBits();
  }
}

/** The text of the QR code in the picture; empty when there is none. */
export function qrCodeIn(image: BitMatrix): string {
  const sampler = new Sampler(image);
  for (const three of likely(new Corners(image).all().slice(0, MOST_CORNERS))) {
    try {
      return new Decoder().decodeBitMatrix(sampler.bits(three), null!).getText();
    } catch {
      // not these three
    }
  }
  return "";
}

/** Every three of about one size, those first that lie most like the corners of a square. */
function likely(corners: FinderPattern[]): Three[] {
  const found: { three: Three; askew: number }[] = [];
  corners.forEach((one, i) =>
    corners.slice(i + 1).forEach((two, j) =>
      corners.slice(i + j + 2).forEach((three) => {
        const sizes = [one, two, three].map((each) => each.getEstimatedModuleSize());
        if (Math.max(...sizes) <= MOST_UNEQUAL * Math.min(...sizes)) found.push({ three: [one, two, three], askew: askew(one, two, three) });
      }),
    ),
  );
  return found.sort((one, other) => one.askew - other.askew).slice(0, MOST_TRIES).map((each) => each.three);
}

/** How far three points are from two equal sides with a right angle between them: 0 when they have them. */
function askew(one: FinderPattern, two: FinderPattern, three: FinderPattern): number {
  const [a, b, c] = [squared(one, two), squared(two, three), squared(one, three)].sort((less, more) => less - more) as [number, number, number];
  return (Math.abs(c - 2 * a) + Math.abs(c - 2 * b)) / c;
}

function squared(one: FinderPattern, other: FinderPattern): number {
  return (one.getX() - other.getX()) ** 2 + (one.getY() - other.getY()) ** 2;
}
