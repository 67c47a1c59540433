import unittest
from unittest.mock import patch

import guestbook


@patch("guestbook.query")
@patch("guestbook.cache")
class GuestbookTest(unittest.TestCase):
    def test_cache_is_read_first(self, cache, query):
        cache.get.return_value = '["안녕"]'
        self.assertEqual(guestbook.posts(), (["안녕"], "캐시"))
        query.assert_not_called()

    def test_a_new_post_empties_the_cache(self, cache, query):
        guestbook.add("안녕")
        cache.delete.assert_called_once_with("posts")
