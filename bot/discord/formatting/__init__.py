"""Answers, passages and attachments as text that fits, and back again; pure: knows no Discord."""
