"""The lasting system from 2026: further-education money, guidance of new teachers, the governor's two roles, owners' analyses."""
