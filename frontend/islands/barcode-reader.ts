// Reads barcodes from a picture where the browser cannot; fetched by <camera-scan> only then.
import { BarcodeFormat, type Binarizer, BinaryBitmap, DecodeHintType, GlobalHistogramBinarizer, HybridBinarizer, MultiFormatOneDReader, RGBLuminanceSource } from "@zxing/library";
import { qrCodeIn } from "./qr-codes";

const FORMATS = [BarcodeFormat.CODE_128, BarcodeFormat.CODE_39, BarcodeFormat.CODABAR, BarcodeFormat.EAN_13, BarcodeFormat.EAN_8, BarcodeFormat.ITF];
const HINTS = new Map<DecodeHintType, unknown>([[DecodeHintType.POSSIBLE_FORMATS, FORMATS]]);

/** The code in a picture of `width` × `height` grey values; empty when there is none. */
export function codeIn(grey: Uint8ClampedArray, width: number, height: number): string {
  const picture = new RGBLuminanceSource(grey, width, height);
  const evenly = new HybridBinarizer(picture);
  return squaresIn(evenly) || barsIn(evenly) || squaresIn(new GlobalHistogramBinarizer(picture));
}

/** A code of bars; of Codabar without the letters with which it begins and ends, which scanners do not send either. */
function barsIn(picture: Binarizer): string {
  try {
    const found = new MultiFormatOneDReader(HINTS).decode(new BinaryBitmap(picture), HINTS);
    return found.getBarcodeFormat() === BarcodeFormat.CODABAR ? found.getText().slice(1, -1) : found.getText();
  } catch {
    return "";
  }
}

/** A code of squares. */
function squaresIn(picture: Binarizer): string {
  try {
    return qrCodeIn(picture.getBlackMatrix());
  } catch {
    return ""; // a picture without light and dark
  }
}

export class Reader {
  private readonly canvas = document.createElement("canvas");

  async detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]> {
    const { videoWidth: width, videoHeight: height } = picture;
    if (width === 0) return [];
    Object.assign(this.canvas, { width, height });
    const paper = this.canvas.getContext("2d", { willReadFrequently: true })!;
    paper.drawImage(picture, 0, 0);
    const { data } = paper.getImageData(0, 0, width, height);
    const grey = new Uint8ClampedArray(width * height);
    for (let at = 0; at < grey.length; at++) grey[at] = (data[4 * at]! * 2 + data[4 * at + 1]! * 5 + data[4 * at + 2]!) >> 3;
    const code = codeIn(grey, width, height);
    return code === "" ? [] : [{ rawValue: code }];
  }
}
