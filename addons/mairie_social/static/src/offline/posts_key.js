/** Where a telephone keeps the last posts, for the page without a network. */
export const POSTS_KEY = "mairie_social.last_posts";
