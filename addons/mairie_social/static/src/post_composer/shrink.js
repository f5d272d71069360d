const MAX_SIDE = 1600;
const KEPT_AS_IS = 700 * 1024;

/** @param {Blob} blob @returns {Promise<string>} base64, without its prefix */
export function readBase64(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });
}

/**
 * Make a photo of a phone light before it leaves the phone.
 *
 * @param {File} file
 * @returns {Promise<string>} base64
 */
export async function shrinkPicture(file) {
    if (file.size <= KEPT_AS_IS || !window.createImageBitmap) {
        return readBase64(file);
    }
    try {
        const bitmap = await createImageBitmap(file);
        const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(bitmap.width * scale);
        canvas.height = Math.round(bitmap.height * scale);
        canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        const url = canvas.toDataURL("image/jpeg", 0.85);
        return url.slice(url.indexOf(",") + 1);
    } catch {
        return readBase64(file); // the server says what is wrong with it
    }
}
