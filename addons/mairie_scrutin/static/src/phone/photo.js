/** A photo made small enough to leave by a bad network, and still easy to read. */
const LONG_SIDE = 2000;

/** @param {File} file @returns {Promise<Blob>} a JPEG */
export async function shrink(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve, reject) => {
        const done = (blob) => (blob ? resolve(blob) : reject(new Error("no picture")));
        canvas.toBlob(done, "image/jpeg", 0.8);
    });
}
