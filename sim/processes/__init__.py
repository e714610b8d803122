"""What happens whatever the scheme."""
