import unittest
from unittest.mock import patch

import guestbook


class RefuseTest(unittest.TestCase):
    @patch("guestbook.query")
    @patch("guestbook.cache")
    def test_an_empty_post_is_refused(self, cache, query):
        self.assertEqual(guestbook.add("  "), "빈 글은 남길 수 없습니다.")
        query.assert_not_called()
