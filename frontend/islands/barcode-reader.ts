// Reads barcodes from a picture where the browser cannot; fetched by <camera-scan> only then.
import { BarcodeFormat, BinaryBitmap, DecodeHintType, HybridBinarizer, MultiFormatReader, RGBLuminanceSource } from "@zxing/library";

const FORMATS = [BarcodeFormat.CODE_128, BarcodeFormat.CODE_39, BarcodeFormat.CODABAR, BarcodeFormat.EAN_13, BarcodeFormat.EAN_8, BarcodeFormat.ITF, BarcodeFormat.QR_CODE];

/** The code in a picture of `width` × `height` grey values; empty when there is none. */
export function codeIn(grey: Uint8ClampedArray, width: number, height: number): string {
  const reader = new MultiFormatReader();
  reader.setHints(new Map<DecodeHintType, unknown>([[DecodeHintType.POSSIBLE_FORMATS, FORMATS]]));
  try {
    return reader.decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)))).getText();
  } catch {
    return "";
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
